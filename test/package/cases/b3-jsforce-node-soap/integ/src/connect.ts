import { Connection } from '@jsforce/jsforce-node';

export class SalesforceGateway {
  private readonly connection = new Connection({ loginUrl: process.env.SF_LOGIN_URL, version: '60.0' });

  public async start(user: string, word: string): Promise<void> {
    await this.connection.loginBySoap(user, word);
  }
}
