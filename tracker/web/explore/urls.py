"""Pages that everybody may read."""

from django.urls import path

from tracker.web.explore import chart_views, views
from tracker.web.explore.map_data import map_data

urlpatterns = [
    path("", views.home, name="home"),
    path("explore", views.explore, name="explore"),
    path("areas/<str:code>/", views.area, name="area"),
    path("map", views.map_page, name="map"),
    path("map/<str:sha256>.json", map_data, name="map-data"),
    path("map.svg", views.map_svg, name="map-svg"),
    path("map.png", views.map_png, name="map-png"),
    path("chart.svg", chart_views.chart_svg, name="chart-svg"),
    path("chart.png", chart_views.chart_png, name="chart-png"),
    path("data/adoption.csv", views.adoption_csv, name="adoption-csv"),
    path("method", views.method, name="method"),
]
