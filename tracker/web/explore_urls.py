"""Pages that everybody may read."""

from django.urls import path

from tracker.web import chart_views, explore_views
from tracker.web.map_data import map_data

urlpatterns = [
    path("", explore_views.home, name="home"),
    path("explore", explore_views.explore, name="explore"),
    path("areas/<str:code>/", explore_views.area, name="area"),
    path("map", explore_views.map_page, name="map"),
    path("map/<str:sha256>.json", map_data, name="map-data"),
    path("map.svg", explore_views.map_svg, name="map-svg"),
    path("map.png", explore_views.map_png, name="map-png"),
    path("chart.svg", chart_views.chart_svg, name="chart-svg"),
    path("chart.png", chart_views.chart_png, name="chart-png"),
    path("data/adoption.csv", explore_views.adoption_csv, name="adoption-csv"),
    path("method", explore_views.method, name="method"),
]
