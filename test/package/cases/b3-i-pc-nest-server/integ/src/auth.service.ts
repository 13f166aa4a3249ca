import { Injectable } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class AuthService {
  constructor(private readonly http: HttpService, private readonly config: ConfigService) {}

  async token(): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: this.config.getOrThrow('SF_CLIENT_ID'),
      client_secret: this.config.getOrThrow('SF_CLIENT_SECRET'),
    });
    const { data } = await this.http.axiosRef.post('https://acme.my.salesforce.com/services/oauth2/token', form);
    return data.access_token;
  }
}
