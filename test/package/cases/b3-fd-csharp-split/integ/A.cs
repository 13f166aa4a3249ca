public static class A
{
    public static string Sid(Answer answer) => answer.FrontdoorUri.Split("sid=")[1].Split('&')[0];
}
