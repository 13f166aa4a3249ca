Attribute VB_Name = "Salesforce"
Option Explicit

Public Function GetToken(ByVal user As String, ByVal word As String) As String
    Dim http As Object
    Set http = CreateObject("MSXML2.ServerXMLHTTP.6.0")
    http.Open "POST", "https://login.salesforce.com/services/oauth2/token", False
    http.setRequestHeader "Content-Type", "application/x-www-form-urlencoded"
    http.send "grant_type=password&client_id=" & Range("ClientId").Value & "&username=" & user & "&password=" & word
    GetToken = JsonConverter.ParseJson(http.responseText)("access_token")
End Function
