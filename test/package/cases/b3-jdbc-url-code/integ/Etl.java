import java.sql.DriverManager;

class Etl {
  void run() throws Exception {
    var c = DriverManager.getConnection("jdbc:salesforce:User=" + System.getenv("U") + ";Password=" + System.getenv("P") + ";");
    c.createStatement().executeQuery("SELECT Id FROM Account");
  }
}
