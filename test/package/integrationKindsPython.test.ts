import { canary, consumerKey } from '../support/secrets.js';
import { AP, B, D, F, U, X, bad, checkKinds, gap, ok, type Kind } from './integrationKind.js';

const SECRET = canary.consumerSecret;

const kinds: Kind[] = [
  {
    n: 'simple_salesforce under another name',
    c: U,
    v: bad,
    k: 'violation',
    at: 'sync.py:3',
    i: {
      'sync.py': `import os
from simple_salesforce import Salesforce as SF
org = SF(username=os.environ['U'], password=os.environ['P'], security_token=os.environ['T'])
`,
    },
  },
  {
    n: 'simple_salesforce with unpacked arguments',
    c: U,
    v: gap,
    i: {
      'sync.py': `from simple_salesforce import Salesforce
creds = {'username': U, 'password': P, 'security_token': T}
org = Salesforce(**creds)
`,
    },
  },
  {
    n: 'simple_salesforce with a session',
    c: U,
    v: ok,
    i: {
      'requirements.txt': 'simple-salesforce==1.12.6\nrequests>=2\n',
      'sync.py': `from simple_salesforce import Salesforce
def connect(token):
    return Salesforce(instance_url=token['instance_url'], session_id=token['access_token'])
`,
    },
  },
  {
    n: 'simple_salesforce with a key file',
    c: U,
    v: ok,
    i: {
      'sync.py': `from simple_salesforce import Salesforce
org = Salesforce(username=USER, consumer_key=KEY, privatekey_file='/run/secrets/server.key', domain='login')
`,
    },
  },
  {
    n: 'simple_salesforce with client credentials and no app in the package',
    c: AP,
    v: bad,
    k: 'justification',
    i: {
      'sync.py': `from simple_salesforce import Salesforce
org = Salesforce(consumer_key=KEY, consumer_secret=SECRET, domain='acme.my')
`,
    },
  },
  {
    n: 'simple_salesforce with client credentials',
    c: U,
    v: ok,
    i: {
      'sync.py': `from simple_salesforce import Salesforce
org = Salesforce(consumer_key=KEY, consumer_secret=SECRET, domain='acme.my')
`,
    },
  },
  {
    n: 'SalesforceLogin',
    c: U,
    v: bad,
    k: 'violation',
    at: 'login.py:2',
    i: {
      'login.py': `from simple_salesforce import SalesforceLogin
session_id, instance = SalesforceLogin(username=USER, password=WORD, security_token=TOKEN)
`,
    },
  },
  {
    n: 'httpx with a base address',
    c: U,
    v: bad,
    i: {
      'client.py': `import httpx

class Client:
    def __init__(self):
        self.http = httpx.AsyncClient(base_url="https://login.salesforce.com")

    async def login(self, user, word):
        return await self.http.post("/services/oauth2/token", data={"grant_type": "password", "username": user, "password": word})
`,
    },
  },
  {
    n: 'httpx with a base address of another vendor',
    c: U,
    v: ok,
    i: {
      'client.py': `import httpx

class Client:
    def __init__(self):
        self.http = httpx.AsyncClient(base_url="https://auth.acme.example")

    async def login(self, user, word):
        return await self.http.post("/oauth/token", data={"grant_type": "password", "username": user, "password": word})
`,
    },
  },
  {
    n: 'authlib with a user name and password',
    c: U,
    v: gap,
    i: {
      'auth.py': `from authlib.integrations.requests_client import OAuth2Session
session = OAuth2Session(CLIENT_ID, CLIENT_SECRET)
token = session.fetch_token('https://login.salesforce.com/services/oauth2/token', username=USER, password=WORD)
`,
    },
  },
  {
    n: 'the settings of authlib with the full scope',
    c: B,
    v: gap,
    i: {
      'settings.py': `import os
AUTHLIB_OAUTH_CLIENTS = {
    'salesforce': {
        'client_id': os.environ['SF_ID'],
        'client_secret': os.environ['SF_SECRET'],
        'access_token_url': 'https://login.salesforce.com/services/oauth2/token',
        'authorize_url': 'https://login.salesforce.com/services/oauth2/authorize',
        'client_kwargs': {'scope': 'full refresh_token'},
    }
}
`,
    },
  },
  {
    n: 'a client secret in the settings of Django',
    c: X,
    v: bad,
    k: 'violation',
    at: 'acme/settings.py:3',
    i: {
      'acme/settings.py': `DEBUG = False
SALESFORCE_CLIENT_ID = '${consumerKey}'
SALESFORCE_CLIENT_SECRET = '${SECRET}'
`,
    },
  },
  {
    n: 'settings that read the environment',
    c: X,
    v: ok,
    i: {
      'config.py': `from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    sf_client_id: str
    sf_client_secret: str = ""
    sf_password: str | None = None
`,
    },
  },
  {
    n: 'the database engine for Django',
    c: U,
    v: gap,
    i: {
      'acme/settings.py': `import os
DATABASES = {
    'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'acme', 'PASSWORD': os.environ['DB']},
    'salesforce': {
        'ENGINE': 'salesforce.backend',
        'CONSUMER_KEY': os.environ['K'], 'CONSUMER_SECRET': os.environ['S'],
        'USER': os.environ['U'], 'PASSWORD': os.environ['P'], 'HOST': 'https://login.salesforce.com',
    },
}
`,
    },
  },
  {
    n: 'salesforce_bulk',
    c: U,
    v: bad,
    k: 'violation',
    at: 'bulk.py:2',
    i: {
      'bulk.py': `from salesforce_bulk import SalesforceBulk
bulk = SalesforceBulk(username=USER, password=WORD, security_token=TOKEN)
`,
    },
  },
  {
    n: 'zeep with the partner description',
    c: U,
    v: gap,
    i: {
      'soap.py': `import zeep
client = zeep.Client('partner.wsdl')
result = client.service.login(USER, WORD + TOKEN)
client.set_default_soapheaders({'SessionHeader': {'sessionId': result['sessionId']}})
`,
    },
  },
  {
    n: 'suds toward another vendor',
    c: U,
    v: ok,
    i: {
      'erp.py': `from suds.client import Client
client = Client('https://erp.acme.example/service?wsdl')
session = client.service.login(USER, WORD)
`,
    },
  },
  {
    n: 'the device flow',
    c: D,
    v: bad,
    k: 'violation',
    i: {
      'device.py': `import requests
def start(client_id):
    return requests.post('https://login.salesforce.com/services/oauth2/token', data={'response_type': 'device_code', 'client_id': client_id, 'scope': 'api'}).json()
`,
    },
  },
  {
    n: 'sid from the frontdoor address',
    c: F,
    v: bad,
    k: 'violation',
    i: {
      'bridge.py': `import requests
from urllib.parse import parse_qs, urlparse

def session(instance, token):
    answer = requests.post(f'{instance}/services/oauth2/singleaccess', headers={'Authorization': f'Bearer {token}'}).json()
    return parse_qs(urlparse(answer['frontdoor_uri']).query)['sid'][0]
`,
    },
  },
  {
    n: 'the sid cookie of another vendor',
    c: F,
    v: ok,
    i: {
      'portal.py': `import requests
session = requests.Session()
session.post('https://portal.acme.example/login', data={'user': USER, 'pass': WORD})
sid = session.cookies.get('sid')
`,
    },
  },
  {
    n: 'a login in a notebook',
    c: U,
    v: gap,
    i: {
      'explore.ipynb':
        '{"cells":[{"cell_type":"code","metadata":{},"outputs":[],"source":["from simple_salesforce import Salesforce\\n","sf = Salesforce(username=user, password=word, security_token=token)"]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
    },
  },
  {
    n: 'a hook of Airflow',
    c: U,
    v: gap,
    i: {
      'requirements.txt': 'apache-airflow-providers-salesforce==5.7.0\n',
      'dag.py': `from airflow.providers.salesforce.hooks.salesforce import SalesforceHook

def pull():
    return SalesforceHook(salesforce_conn_id='sf').make_query('SELECT Id FROM Account')
`,
    },
  },
  {
    n: 'a class that wraps requests',
    c: U,
    v: bad,
    i: {
      'auth.py': `import requests

class Auth:
    PATH = '/services/oauth2/token'

    def __init__(self, host='https://login.salesforce.com'):
        self.url = host + self.PATH

    def password(self, user, word):
        payload = dict(grant_type='password', username=user, password=word)
        return requests.post(self.url, data=payload)
`,
    },
  },
  {
    n: 'a login in a docstring',
    c: U,
    v: ok,
    i: {
      'sums.py': `"""Sums.

Once this used Salesforce(username=..., password=..., security_token=...) of simple_salesforce.
"""

def total(a, b):
    return a + b
`,
    },
  },
];

checkKinds('integrations in Python', kinds);
