module x

require github.com/k-capehart/go-salesforce/v2 v2.0.0
