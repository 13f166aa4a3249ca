({ run: function (component, event, helper) { helper.start(component); } })
