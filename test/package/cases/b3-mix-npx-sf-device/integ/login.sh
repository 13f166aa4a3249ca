#!/bin/sh
npx --yes @salesforce/cli org login device
