module acme.example/sync

go 1.23

require github.com/simpleforce/simpleforce v0.0.0-20220429021116-acf4ab67ff9b
