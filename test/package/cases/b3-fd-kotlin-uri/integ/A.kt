import android.net.Uri

fun sid(answer: SingleAccess): String? = Uri.parse(answer.frontdoorUri).getQueryParameter("sid")
