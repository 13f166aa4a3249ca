module acme.example/pay

go 1.23
