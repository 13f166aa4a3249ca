import os
from ldap3 import Connection, Server


def bind(user, password):
    return Connection(Server(os.environ["LDAP_URL"]), user=user, password=password, auto_bind=True)
