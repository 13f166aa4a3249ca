({ doInit: function (component, event, helper) { helper.load(component); } })
