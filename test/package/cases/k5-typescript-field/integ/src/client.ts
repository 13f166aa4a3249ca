import * as jsforce from 'jsforce';

export class Client {
  private readonly conn = new jsforce.Connection({ loginUrl: 'https://login.salesforce.com' });

  public async open(user: string, word: string): Promise<void> {
    await this.conn.login(user, word);
  }
}
