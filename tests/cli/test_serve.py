"""`ecrpolicy serve`: what it refuses, what it says, and that it serves."""

import json
import os
import re
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.cli.served import LISTEN, served
from tests.registry.clients.tools import tool
from tests.registry.oci_api.client import basic

REFUSED_USAGE = {
    "a listener without a port": (("--listen", "localhost"), "no HOST:PORT"),
    "a port that is none": (("--listen", "localhost:99999"), "no HOST:PORT"),
    "an account that is none": (("--account", "1"), "give its twelve digits"),
    "a Region that is none": (("--region", "us-east-9"), "write `us-east-"),
    "no processes": (("--workers", "0"), "no number of processes"),
}


@pytest.mark.parametrize("name", REFUSED_USAGE)
def test_wrong_usage(name: str, run: Run) -> None:
    words, message = REFUSED_USAGE[name]
    ended = run("serve", *words)
    assert ended.code == 2
    assert message in ended.err


def test_tls_needs_both_files(run: Run) -> None:
    ended = run("serve", "--tls-key", "key.pem")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "ecrpolicy: TLS needs both: give `--tls-certificate` and `--tls-key`\n"


def test_identities_that_are_not_there(run: Run) -> None:
    ended = run("serve", *LISTEN, "--identities", "mine.json")
    assert ended.code == 2
    assert ended.err == "ecrpolicy: `mine.json` is not there: check the path\n"


def test_identities_that_cannot_be_used(run: Run, folder: Path) -> None:
    (folder / "mine.json").write_text("{}")
    ended = run("serve", *LISTEN, "--identities", "mine.json")
    assert ended.code == 2
    assert ended.err.startswith("ecrpolicy: mine.json:1:1: ")


@pytest.mark.parametrize("option", ["--tls-key", "--endpoint-policy"])
def test_files_that_are_not_there(option: str, run: Run, folder: Path) -> None:
    (folder / "certificate.pem").touch()
    more = ("--tls-certificate", "certificate.pem") if option == "--tls-key" else ()
    ended = run("serve", *LISTEN, option, "mine.pem", *more)
    assert ended.code == 2
    assert ended.err == "ecrpolicy: `mine.pem` is not there: check the path\n"


def test_a_certificate_that_is_none(run: Run, folder: Path) -> None:
    (folder / "none.pem").write_text("none")
    files = ("--tls-certificate", "none.pem", "--tls-key", "none.pem")
    ended = run("serve", *LISTEN, *files)
    assert ended.code == 2
    assert ended.err.startswith("ecrpolicy: the certificate and its key cannot be used: ")


def test_an_account_that_the_identities_have_not(run: Run, folder: Path) -> None:
    (folder / "mine.json").write_text('{"AccountId": "111122223333"}')
    ended = run("serve", *LISTEN, "--identities", "mine.json", "--account", "444455556666")
    assert ended.code == 2
    assert "the account `444455556666` is not in `mine.json`: it has `111122223333`" in ended.err


def test_a_port_that_is_taken(run: Run) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ended = run("serve", "--listen", address)
    assert ended.code == 2
    assert f"`{address}` cannot be listened on" in ended.err


def test_a_database_that_is_none(run: Run, folder: Path) -> None:
    data = folder / "registry-data"
    data.mkdir()
    (data / "registry.sqlite").write_text("not a database, whatever its name may say" * 99)
    ended = run("serve", *LISTEN)
    assert ended.code == 2
    assert "registry.sqlite` cannot be used: file is not a database" in ended.err


@pytest.mark.parametrize(
    "missing", ["uvicorn", "sqlalchemy", "botocore", "starlette", "obstore", "orjson"]
)
def test_without_the_extra_it_says_what_to_install(missing: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None; from ecrpolicy.cli.main import main; "
        f"sys.exit(main(['serve', '--listen', '127.0.0.1:0']))"
    )
    ended = subprocess.run(
        (sys.executable, "-c", code), cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 2
    said = ended.stderr.decode()
    assert re.fullmatch(
        rf"ecrpolicy: the service needs `{missing}[.\w]*`: "
        r"install it with `pip install 'ecrpolicy\[registry\]'`\n",
        said,
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_serves_who_logs_in_as_it_says(workers: str, tmp_path: Path) -> None:
    data = tmp_path / "registry-data"
    with served(tmp_path, "--workers", workers) as service:
        ecr = service.client(data / "credentials")
        ecr.create_repository(repositoryName="web")
        [found] = ecr.describe_repositories()["repositories"]
        ecr.close()
        assert found["repositoryArn"] == "arn:aws:ecr:us-east-1:123456789012:repository/web"
        assert service.end() == 0
    assert service.log == ""
    [key] = json.loads((data / "identities.json").read_text())["RootAccessKeyList"]
    said = "\n".join(service.said)
    assert key["SecretAccessKey"] not in said
    assert key["AccessKeyId"] not in said


def test_it_says_how_to_log_in_to_the_account_that_it_made(tmp_path: Path) -> None:
    with served(tmp_path, "--account", "111122223333", "--region", "eu-west-1") as service:
        pass
    [port] = re.findall(r"localhost:(\d+)$", service.said[0])
    data = tmp_path / "registry-data"
    assert service.said == [
        f"registry 111122223333 in eu-west-1: http://localhost:{port}",
        f"data: {data}",
        f"identities: {data / 'identities.json'}",
        "",
        "log in with the AWS CLI, docker and skopeo:",
        "",
        f"  export AWS_SHARED_CREDENTIALS_FILE={data / 'credentials'} "
        f"AWS_ENDPOINT_URL_ECR=http://localhost:{port} AWS_DEFAULT_REGION=eu-west-1",
        f"  aws --endpoint-url http://localhost:{port} ecr get-login-password | "
        f"docker login --username AWS --password-stdin localhost:{port}",
        f"  aws --endpoint-url http://localhost:{port} ecr get-login-password | "
        f"skopeo login --username AWS --password-stdin --tls-verify=false localhost:{port}",
    ]
    # Once more: the account is the one that was made.
    with served(tmp_path) as service:
        pass
    assert service.said[0].startswith("registry 111122223333 in us-east-1: ")


def test_the_commands_that_it_says_log_in(tmp_path: Path) -> None:
    """As people run them, with whichever AWS CLI there is; docker would need its daemon."""
    for each in ("aws", "skopeo"):
        tool(each, tmp_path)
    shell = tool(
        "sh",
        tmp_path,
        PATH=f"/usr/bin{os.pathsep}{os.environ['PATH']}",
        AWS_EC2_METADATA_DISABLED="true",
        REGISTRY_AUTH_FILE=str(tmp_path / "auth.json"),
    )
    with served(tmp_path) as service:
        export, docker, skopeo = (each.strip() for each in service.said[-3:])
        password, _, login = docker.partition(" | ")
        printed = shell.run("-c", f"{export} && {password}").strip()
        assert login.startswith("docker login --username AWS --password-stdin localhost:")
        assert service.status(basic("AWS", printed)) == 200
        assert "Login Succeeded!" in shell.run("-c", f"{export} && {skopeo}")


def test_denials_are_explained_in_the_log(tmp_path: Path) -> None:
    key = {"AccessKeyId": "AKIANOBODY", "SecretAccessKey": "hush-hush"}
    bob = {"UserName": "bob", "Arn": "arn:aws:iam::111122223333:user/bob", "AccessKeyList": [key]}
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"AccountId": "111122223333", "UserDetailList": [bob]}))
    file.chmod(0o600)
    credentials = tmp_path / "credentials"
    credentials.write_text("aws_access_key_id = AKIANOBODY\naws_secret_access_key = hush-hush\n")
    with served(tmp_path, "--identities", "mine.json", "--explain-denials") as service:
        ecr = service.client(credentials)
        with pytest.raises(ecr.exceptions.ClientError, match="no identity-based policy allows"):
            ecr.describe_repositories()
        ecr.close()
    assert "AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…" in "\n".join(service.said)
    assert "denials: IMPLICIT_DENY: User: arn:aws:iam::111122223333:user/bob" in service.log
    assert "hush-hush" not in service.log
    assert not (tmp_path / "registry-data" / "credentials").exists()
