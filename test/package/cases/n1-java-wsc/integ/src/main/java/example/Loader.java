package example;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;

public final class Loader {
    private final ConnectorConfig settings = new ConnectorConfig();

    PartnerConnection open(Secrets vault) throws ConnectionException {
        settings.setAuthEndpoint("https://login.salesforce.com/services/Soap/u/62.0");
        settings.setUsername(vault.read("sf/user"));
        settings.setPassword(vault.read("sf/pass") + vault.read("sf/token"));
        return new PartnerConnection(settings);
    }
}
