import {
  APPS_PACKAGED,
  IMPLICIT_FLOW,
  PUBLIC_CLIENTS,
  PASSWORD_FLOW,
  bad,
  checkKinds,
  gap,
  ok,
  type Kind,
} from './integrationKind.js';

/** Shapes of public repositories, written anew. */
const kinds: Kind[] = [
  {
    title: 'a token that another library exchanges for a JWT',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    at: 'src/auth.ts:5',
    files: {
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
    title: 'a code flow beside a library that no rule knows',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: {
      'package.json':
        '{"name":"neo","dependencies":{"express":"^4.0.0","passport-forcedotcom":"^0.2.1","salesforce-soup":"^18.0.0"}}',
      'server/passport.js': `import { Strategy as ForceStrategy } from 'passport-forcedotcom';
passport.use(new ForceStrategy({ clientID: process.env.ID, clientSecret: process.env.S, callbackURL: '/cb' }, verify));
`,
    },
  },
  {
    title: 'code of a server in another language than the pages of its project',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'package.json': '{"name":"site","dependencies":{"react":"^17.0.0","react-dom":"^17.0.0"}}',
      'lib/crm.rb': `require 'restforce'
def client(account)
  Restforce.new(oauth_token: account.token, instance_url: account.url, client_id: ENV['ID'], client_secret: ENV['SECRET'])
end
`,
    },
  },
  {
    title: 'an end-to-end test',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'src/e2e-test/java/Client.java':
        'class Client { void login() { post("https://login.salesforce.com/services/oauth2/token", "grant_type=password&username=" + u); } }\n',
      'src/main/java/Sum.java': 'class Sum { int of(int a, int b) { return a + b; } }\n',
    },
  },
  {
    title: 'a library of another vendor for the JVM',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'src/main/scala/com/acme/spark/Source.scala': `package com.acme.spark
import com.vendor.salesforce.wave.api.APIFactory
object Source { def open(user: String, word: String, host: String) = APIFactory.getInstance.waveAPI(user, word, host, "36.0") }
`,
    },
  },
  {
    title: 'a package of the project itself for the JVM',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'src/main/java/com/acme/app/salesforce/Names.java':
        'package com.acme.app.salesforce;\nfinal class Names { static final int LIMIT = 5; }\n',
      'src/main/java/com/acme/app/Main.java':
        'package com.acme.app;\nimport com.acme.app.salesforce.Names;\nclass Main { int limit = Names.LIMIT; }\n',
    },
  },
  {
    title: 'parameters of a Retrofit client in an app',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    kind: 'violation',
    at: 'app/src/main/java/com/acme/Api.kt:5',
    files: {
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
    title: 'the grant of a Retrofit client',
    control: PASSWORD_FLOW,
    verdicts: ['inconclusive'],
    files: {
      'Api.kt': `interface Api {
    @POST("/services/oauth2/token")
    suspend fun token(@Query("grant_type") grantType: String, @Query("username") user: String): Token
}
`,
    },
  },
  {
    title: 'type declarations that name a flow',
    control: IMPLICIT_FLOW,
    verdicts: ok,
    files: {
      'src/auth.d.ts':
        "export declare const url: 'https://login.salesforce.com/services/oauth2/authorize?response_type=token';\n",
      'src/index.ts': 'export const sum = (a: number, b: number): number => a + b;\n',
    },
  },
  {
    title: 'a token request whose address is computed, in a file that reads records',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
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
