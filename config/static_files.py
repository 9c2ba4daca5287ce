"""Static files under names that hold their hash, imports between ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Rewrites `import … from "./x.js"` as well, so that a module never meets an older one."""

    support_js_module_import_aggregation = True
    # One pass settles one step of `import`; from the first module to the last there are a dozen.
    max_post_process_passes = 20
