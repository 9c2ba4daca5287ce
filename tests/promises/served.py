"""Inside a scratch copy: the web server of the copy, until nothing more is to be read.

`python -m tests.promises.served FOLDER` prints the port once it answers. FOLDER is for the
socket of Redis, whose path must be short.
"""

import os
import sys
from pathlib import Path

from django.core.management import call_command

from config.private_redis import private_redis
from config.servers import free_port, wait_until_it_answers, web_server


def main(folder: Path) -> None:
    redis, url = private_redis(folder, folder / "redis.log")
    os.environ.update({"REDIS_URL": url, "NOREN_DEMO": "1"})
    import django

    django.setup()
    for words in (("migrate",), ("createcachetable",), ("collectstatic", "--no-input")):
        call_command(*words, verbosity=0)
    port = free_port()
    web = web_server(port, {}, folder / "web.log")
    try:
        redis.start()
        web.start()
        assert wait_until_it_answers(port)
        print(port, flush=True)
        sys.stdin.read()
    finally:
        web.stop()
        redis.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
