using UnityEngine;
using UnityEngine.Networking;

public class Auth : MonoBehaviour
{
    const string Url = "https://login.salesforce.com/services/oauth2/token";

    void Done(UnityWebRequest request)
    {
        var answer = JsonUtility.FromJson<Answer>(request.downloadHandler.text);
        PlayerPrefs.SetString("sf_refresh_token", answer.refresh_token);
        PlayerPrefs.Save();
    }
}
