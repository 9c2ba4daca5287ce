"""Labels of extracts and of known wards as docs/words.md has them; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0021_labels'),
    ]

    operations = [
        migrations.AlterField(
            model_name='extract',
            name='kind',
            field=models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'Excel workbook (XLSX)')], max_length=4),
        ),
        migrations.AlterField(
            model_name='shop',
            name='ward_source',
            field=models.CharField(choices=[('address', 'ward name in the address'), ('postal_code', 'postal code'), ('boundary', 'imported boundary'), ('point_table', 'point look-up'), ('square', '1 km square that lies in one ward'), ('unresolved', 'unknown')], max_length=20),
        ),
    ]
