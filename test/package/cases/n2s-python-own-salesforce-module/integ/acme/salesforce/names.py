STAGES = ["Open", "Closed"]
