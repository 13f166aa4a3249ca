package acme;

import org.apache.camel.builder.RouteBuilder;

public class Routes extends RouteBuilder {
  @Override
  public void configure() {
    from("salesforce:subscribe:AccountUpdates?sObjectName=Account").to("log:accounts");
  }
}
