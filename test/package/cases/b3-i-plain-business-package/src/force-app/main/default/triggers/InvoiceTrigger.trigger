trigger InvoiceTrigger on Invoice__c (before insert) {
  for (Invoice__c row : Trigger.new) {
    if (row.Amount__c == null) row.Amount__c = 0;
  }
}
