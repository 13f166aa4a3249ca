param([string]$Alias = "target")
& sf org login device --alias $Alias
if ($LASTEXITCODE -ne 0) { throw "login refused" }
