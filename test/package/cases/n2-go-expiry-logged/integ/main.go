package main
var conf = &oauth2.Config{Endpoint: oauth2.Endpoint{TokenURL: "https://login.salesforce.com/services/oauth2/token"}}
func renew(ctx context.Context, old *oauth2.Token) (*oauth2.Token, error) {
	tok, err := conf.TokenSource(ctx, old).Token()
	if err != nil {
		log.Printf("refresh: %v", err)
		return nil, err
	}
	log.Printf("token of type %s until %s", tok.TokenType, tok.Expiry)
	return tok, save(tok)
}
