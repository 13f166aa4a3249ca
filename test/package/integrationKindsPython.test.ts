import { canary, consumerKey } from '../support/secrets.js';
import {
  APPS_PACKAGED,
  BROAD_SCOPES,
  DEVICE_FLOW,
  FRONTDOOR,
  PASSWORD_FLOW,
  SECRETS,
  bad,
  checkKinds,
  gap,
  ok,
  type Kind,
} from './integrationKind.js';

const SECRET = canary.consumerSecret;

const SIMPLE_SALESFORCE_KEYS = {
  'sync.py': `from simple_salesforce import Salesforce
org = Salesforce(consumer_key=KEY, consumer_secret=SECRET, domain='acme.my')
`,
};

const kinds: Kind[] = [
  {
    title: 'simple_salesforce under another name',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'sync.py:3',
    files: {
      'sync.py': `import os
from simple_salesforce import Salesforce as SF
org = SF(username=os.environ['U'], password=os.environ['P'], security_token=os.environ['T'])
`,
    },
  },
  {
    title: 'simple_salesforce with unpacked arguments',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'sync.py': `from simple_salesforce import Salesforce
creds = {'username': U, 'password': P, 'security_token': T}
org = Salesforce(**creds)
`,
    },
  },
  {
    title: 'simple_salesforce with a session',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'requirements.txt': 'simple-salesforce==1.12.6\nrequests>=2\n',
      'sync.py': `from simple_salesforce import Salesforce
def connect(token):
    return Salesforce(instance_url=token['instance_url'], session_id=token['access_token'])
`,
    },
  },
  {
    title: 'simple_salesforce with a key file',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'sync.py': `from simple_salesforce import Salesforce
org = Salesforce(username=USER, consumer_key=KEY, privatekey_file='/run/secrets/server.key', domain='login')
`,
    },
  },
  {
    title: 'simple_salesforce with client credentials and no app in the package',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: SIMPLE_SALESFORCE_KEYS,
  },
  {
    title: 'simple_salesforce with client credentials',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: SIMPLE_SALESFORCE_KEYS,
  },
  {
    title: 'SalesforceLogin',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'login.py:2',
    files: {
      'login.py': `from simple_salesforce import SalesforceLogin
session_id, instance = SalesforceLogin(username=USER, password=WORD, security_token=TOKEN)
`,
    },
  },
  {
    title: 'httpx with a base address',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
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
    title: 'httpx with a base address of another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
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
    title: 'authlib with a user name and password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'auth.py': `from authlib.integrations.requests_client import OAuth2Session
session = OAuth2Session(CLIENT_ID, CLIENT_SECRET)
token = session.fetch_token('https://login.salesforce.com/services/oauth2/token', username=USER, password=WORD)
`,
    },
  },
  {
    title: 'the settings of authlib with the full scope',
    control: BROAD_SCOPES,
    verdicts: gap,
    files: {
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
    title: 'a client secret in the settings of Django',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    at: 'acme/settings.py:3',
    files: {
      'acme/settings.py': `DEBUG = False
SALESFORCE_CLIENT_ID = '${consumerKey}'
SALESFORCE_CLIENT_SECRET = '${SECRET}'
`,
    },
  },
  {
    title: 'settings that read the environment',
    control: SECRETS,
    verdicts: ok,
    files: {
      'config.py': `from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    sf_client_id: str
    sf_client_secret: str = ""
    sf_password: str | None = None
`,
    },
  },
  {
    title: 'the database engine for Django',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
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
    title: 'salesforce_bulk',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'bulk.py:2',
    files: {
      'bulk.py': `from salesforce_bulk import SalesforceBulk
bulk = SalesforceBulk(username=USER, password=WORD, security_token=TOKEN)
`,
    },
  },
  {
    title: 'zeep with the partner description',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'soap.py': `import zeep
client = zeep.Client('partner.wsdl')
result = client.service.login(USER, WORD + TOKEN)
client.set_default_soapheaders({'SessionHeader': {'sessionId': result['sessionId']}})
`,
    },
  },
  {
    title: 'suds toward another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'erp.py': `from suds.client import Client
client = Client('https://erp.acme.example/service?wsdl')
session = client.service.login(USER, WORD)
`,
    },
  },
  {
    title: 'the device flow',
    control: DEVICE_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'device.py': `import requests
def start(client_id):
    return requests.post('https://login.salesforce.com/services/oauth2/token', data={'response_type': 'device_code', 'client_id': client_id, 'scope': 'api'}).json()
`,
    },
  },
  {
    title: 'sid from the frontdoor address',
    control: FRONTDOOR,
    verdicts: bad,
    kind: 'violation',
    files: {
      'bridge.py': `import requests
from urllib.parse import parse_qs, urlparse

def session(instance, token):
    answer = requests.post(f'{instance}/services/oauth2/singleaccess', headers={'Authorization': f'Bearer {token}'}).json()
    return parse_qs(urlparse(answer['frontdoor_uri']).query)['sid'][0]
`,
    },
  },
  {
    title: 'the sid cookie of another vendor',
    control: FRONTDOOR,
    verdicts: ok,
    files: {
      'portal.py': `import requests
session = requests.Session()
session.post('https://portal.acme.example/login', data={'user': USER, 'pass': WORD})
sid = session.cookies.get('sid')
`,
    },
  },
  {
    title: 'a login in a notebook',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'explore.ipynb':
        '{"cells":[{"cell_type":"code","metadata":{},"outputs":[],"source":["from simple_salesforce import Salesforce\\n","sf = Salesforce(username=user, password=word, security_token=token)"]}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
    },
  },
  {
    title: 'a hook of Airflow',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'requirements.txt': 'apache-airflow-providers-salesforce==5.7.0\n',
      'dag.py': `from airflow.providers.salesforce.hooks.salesforce import SalesforceHook

def pull():
    return SalesforceHook(salesforce_conn_id='sf').make_query('SELECT Id FROM Account')
`,
    },
  },
  {
    title: 'a class that wraps requests',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
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
    title: 'a login in a docstring',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
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
