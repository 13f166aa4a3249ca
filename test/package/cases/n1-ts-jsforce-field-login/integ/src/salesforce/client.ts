import { Connection as SfConnection, type UserInfo } from 'jsforce';

export class CrmClient {
  readonly #crm: SfConnection;
  public constructor(private readonly cfg: { url: string; user: string; pass: string }) {
    this.#crm = new SfConnection({ loginUrl: cfg.url, version: '62.0' });
  }
  public async open(): Promise<UserInfo> {
    return this.#crm.login(this.cfg.user, this.cfg.pass);
  }
}
