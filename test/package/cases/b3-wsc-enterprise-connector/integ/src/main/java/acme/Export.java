package acme;

import com.sforce.soap.enterprise.Connector;
import com.sforce.soap.enterprise.EnterpriseConnection;

public class Export {
  public static void main(String[] args) throws Exception {
    EnterpriseConnection connection = Connector.newConnection(System.getenv("SF_USER"), System.getenv("SF_PASSWORD"));
    System.out.println(connection.getUserInfo().getUserFullName());
  }
}
