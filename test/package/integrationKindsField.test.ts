import { AP, I, PC, U, bad, checkKinds, gap, ok, type Kind } from './integrationKind.js';

/** Shapes of public repositories, written anew. */
const kinds: Kind[] = [
  {
    n: 'a token that another library exchanges for a JWT',
    c: AP,
    v: bad,
    k: 'justification',
    at: 'src/auth.ts:5',
    i: {
      'src/auth.ts': `import { Connection } from 'jsforce';
import { signedToken } from 'some-jwt-token';
export const connect = async () => {
  const { iss, sub, privateKey } = await secrets();
  const { access_token } = await signedToken({ iss, sub, privateKey, aud: 'https://login.salesforce.com' });
  return new Connection({ instanceUrl: process.env.INSTANCE, accessToken: access_token });
};
`,
    },
  },
  {
    n: 'a code flow beside a library that no rule knows',
    c: AP,
    v: bad,
    k: 'justification',
    i: {
      'package.json':
        '{"name":"neo","dependencies":{"express":"^4.0.0","passport-forcedotcom":"^0.2.1","salesforce-soup":"^18.0.0"}}',
      'server/passport.js': `import { Strategy as ForceStrategy } from 'passport-forcedotcom';
passport.use(new ForceStrategy({ clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/cb' }, verify));
`,
    },
  },
  {
    n: 'code of a server in another language than the pages of its project',
    c: PC,
    v: ok,
    i: {
      'package.json': '{"name":"site","dependencies":{"react":"^17.0.0","react-dom":"^17.0.0"}}',
      'lib/crm.rb': `require 'restforce'
def client(account)
  Restforce.new(oauth_token: account.token, instance_url: account.url, client_id: ENV['ID'], client_secret: ENV['SECRET'])
end
`,
    },
  },
  {
    n: 'an end-to-end test',
    c: U,
    v: ok,
    i: {
      'src/e2e-test/java/Client.java':
        'class Client { void login() { post("https://login.salesforce.com/services/oauth2/token", "grant_type=password&username=" + u); } }\n',
      'src/main/java/Sum.java': 'class Sum { int of(int a, int b) { return a + b; } }\n',
    },
  },
  {
    n: 'a library of another vendor for the JVM',
    c: U,
    v: gap,
    i: {
      'src/main/scala/com/acme/spark/Source.scala': `package com.acme.spark
import com.vendor.salesforce.wave.api.APIFactory
object Source { def open(user: String, word: String, host: String) = APIFactory.getInstance.waveAPI(user, word, host, "36.0") }
`,
    },
  },
  {
    n: 'a package of the project itself for the JVM',
    c: U,
    v: ok,
    i: {
      'src/main/java/com/acme/app/salesforce/Names.java':
        'package com.acme.app.salesforce;\nfinal class Names { static final int LIMIT = 5; }\n',
      'src/main/java/com/acme/app/Main.java':
        'package com.acme.app;\nimport com.acme.app.salesforce.Names;\nclass Main { int limit = Names.LIMIT; }\n',
    },
  },
  {
    n: 'parameters of a Retrofit client in an app',
    c: PC,
    v: bad,
    k: 'violation',
    at: 'app/src/main/java/com/acme/Api.kt:5',
    i: {
      'app/src/main/AndroidManifest.xml':
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.acme"><application android:label="A"/></manifest>',
      'app/src/main/java/com/acme/Api.kt': `interface Api {
    @POST("/services/oauth2/token")
    suspend fun token(
        @Query("grant_type") grantType: String,
        @Query("client_secret") clientSecret: String
    ): Token
}
`,
    },
  },
  {
    n: 'the grant of a Retrofit client',
    c: U,
    v: ['inconclusive'],
    i: {
      'Api.kt': `interface Api {
    @POST("/services/oauth2/token")
    suspend fun token(@Query("grant_type") grantType: String, @Query("username") user: String): Token
}
`,
    },
  },
  {
    n: 'type declarations that name a flow',
    c: I,
    v: ok,
    i: {
      'src/auth.d.ts':
        "export declare const url: 'https://login.salesforce.com/services/oauth2/authorize?response_type=token';\n",
      'src/index.ts': 'export const sum = (a: number, b: number): number => a + b;\n',
    },
  },
  {
    n: 'a token request whose address is computed, in a file that reads records',
    c: U,
    v: bad,
    k: 'violation',
    i: {
      'client.php': `<?php
class Client {
  function login() { return $this->post($this->settings['token_url'], ['grant_type' => 'password', 'username' => $this->user, 'password' => $this->word]); }
  function records() { return $this->get($this->instance . '/services/data/v60.0/sobjects'); }
}
`,
    },
  },
];

checkKinds('integrations like those of public repositories', kinds);
