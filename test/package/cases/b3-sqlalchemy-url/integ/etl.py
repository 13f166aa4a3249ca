import os
from sqlalchemy import create_engine

engine = create_engine(f"salesforce:///?User={os.environ['U']}&Password={os.environ['P']}&Security Token={os.environ['T']}")
