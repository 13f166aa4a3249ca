export enum Grant {
  Password = 'password',
  Refresh = 'refresh_token',
}
