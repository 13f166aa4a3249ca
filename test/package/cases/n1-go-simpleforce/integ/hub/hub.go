package hub

import (
	"os"

	sf "github.com/simpleforce/simpleforce"
)

func Open() *sf.Client {
	c := sf.NewClient(sf.DefaultURL, sf.DefaultClientID, sf.DefaultAPIVersion)
	if err := c.LoginPassword(os.Getenv("U"), os.Getenv("P"), os.Getenv("T")); err != nil {
		return nil
	}
	return c
}
