"""`manage.py serve`: the whole site on one machine, until Ctrl-C."""

import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from config.private_redis import private_redis
from config.processes import Child, Supervisor, run
from config.reloading import can_reload, reloading_web_server, reloading_worker
from config.servers import HOST, is_free, wait_until_it_answers, web_server, worker
from tracker.places.models import Shop


class Command(BaseCommand):
    help = "Start a private Redis, the web server and the worker; load the demonstration once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="no role chooser, no data")
        parser.add_argument("--reload", action="store_true", help="start anew when code changes")
        parser.add_argument("--shops", type=int, default=1200, help="of the demonstration")
        parser.add_argument("--months", type=int, default=24, help="of the demonstration")

    def handle(self, *args: object, **options: object) -> None:
        port = int(str(options["port"]))
        if settings.PRODUCTION:
            raise CommandError("serve is for one machine; docs/operations.md shows production.")
        if options["reload"] and not can_reload():
            raise CommandError("watchfiles is missing: `make dev` installs what is needed.")
        if not is_free(port):
            raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        self.began = time.monotonic()
        folder = Path(tempfile.mkdtemp(prefix="noren-"))
        supervisor = Supervisor(tell=self._tell)
        supervisor.listen()
        try:
            self._run(supervisor, folder, port, options)
        finally:
            self._tell("stopping (a few seconds)")
            supervisor.stop()
            shutil.rmtree(folder, ignore_errors=True)
            self._tell("stopped")

    def _run(
        self, supervisor: Supervisor, folder: Path, port: int, options: dict[str, object]
    ) -> None:
        is_demo = not options["no_demo"]
        env = {"NOREN_DEMO": "1" if is_demo else "0"}
        if not settings.HAS_REDIS:
            log = Path(settings.VAR_DIR) / "redis.log"
            log.parent.mkdir(parents=True, exist_ok=True)
            redis, env["REDIS_URL"] = private_redis(folder, log)
            supervisor.add(redis)
        self._prepare()
        if is_demo and not Shop.objects.exists():
            self._load_demo(env, options)
        connections.close_all()
        if supervisor.is_stopping:
            return
        for child in self._programs(port, env, is_reloading=bool(options["reload"])):
            supervisor.add(child)
        if wait_until_it_answers(port):
            self._greet(port, is_demo=is_demo)
        supervisor.watch()

    def _programs(self, port: int, env: dict[str, str], *, is_reloading: bool) -> list[Child]:
        state = Path(settings.VAR_DIR)
        if is_reloading:
            return [reloading_worker(state, env), reloading_web_server(port, env)]
        return [worker(state, env), web_server(port, env)]

    def _prepare(self) -> None:
        self._tell("preparing the database and the static files (10 seconds on the first start)")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)

    def _load_demo(self, env: dict[str, str], options: dict[str, object]) -> None:
        self._tell("first start: inventing shops and visits to look at (half a minute to two)")
        amount = ["--shops", str(options["shops"]), "--months", str(options["months"])]
        command = [sys.executable, "manage.py", "demo", *amount]
        if run(command, env, settings.BASE_DIR) != 0:
            self._tell("the demonstration could not be loaded; see above")

    def _greet(self, port: int, *, is_demo: bool) -> None:
        seconds = time.monotonic() - self.began
        self._tell(f"ready: http://{HOST}:{port}/ (after {seconds:.0f} s)")
        if is_demo:
            self._tell(f"sign in: http://{HOST}:{port}/accounts/login/ and choose a role")
        else:
            self._tell("sign in with an account made by `manage.py add_person NAME --role admin`")
        self._tell("stop: Ctrl-C")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
