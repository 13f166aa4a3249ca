CLASS zcl_acme_sf IMPLEMENTATION.
  METHOD get_token.
    cl_http_client=>create_by_url( EXPORTING url = 'https://login.salesforce.com/services/oauth2/token'
                                   IMPORTING client = DATA(lo_client) ).
    lo_client->request->set_method( 'POST' ).
    lo_client->request->set_form_field( name = 'grant_type' value = 'password' ).
    lo_client->request->set_form_field( name = 'client_id' value = is_config-client_id ).
    lo_client->request->set_form_field( name = 'username' value = is_config-user ).
    lo_client->request->set_form_field( name = 'password' value = is_config-word ).
    lo_client->send( ).
    lo_client->receive( ).
    rv_answer = lo_client->response->get_cdata( ).
  ENDMETHOD.
ENDCLASS.
