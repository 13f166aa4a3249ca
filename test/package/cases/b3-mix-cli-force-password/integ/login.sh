#!/bin/sh
force login -i login -u "$U" -p "$P"
force query "SELECT Id FROM Account"
