from flask import Flask, redirect, request, session

app = Flask(__name__)


@app.post("/login")
def login():
    user = check(request.form["username"], request.form["password"])
    session["user"] = user.id
    return redirect("/")
