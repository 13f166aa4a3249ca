from django.contrib.auth.tokens import PasswordResetTokenGenerator

tokens = PasswordResetTokenGenerator()


def reset(request, user):
    user.set_password(request.POST["password"])
    user.save()
    return tokens.make_token(user)
