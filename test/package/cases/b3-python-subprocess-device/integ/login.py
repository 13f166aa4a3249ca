import subprocess

subprocess.run(["sf", "org", "login", "device", "--json"], check=True)
