import { wordSet } from '../common/text.js';

/**
 * Metadata types of settings of the whole org, without the `Settings` in which each name ends. Source: the types
 * of the Metadata API (`@salesforce/types`), and `OrgPreference`, which left them with API 48.
 */
const names: ReadonlyMap<string, string> = new Map(
  [
    ...wordSet(`
      Account Accounting AccountIntelligence AccountPlan Actions Activities Address AdminSuccess
      AgentforceAccountManagement AgentforceForDevelopers AgentforcePlatformTracing AgentforceProspecting
      AgentforceSessionTracing AgentPlatform Ai4m AIReplyRecommendations Analytics Apex ApexLimit AppAnalytics
      AppExperience AppointmentBooking AssociationEngine AutomatedContacts AutomatorConfig Billing Blockchain Bot
      BranchManagement BrandKit BusinessHours BusinessValueMetrics Campaign CareBenefitVerify Case ChannelRevMgmt
      Chatter ChatterAnswers ChatterEmailsMD ClaimMgmtFoundationEnabled CodeBuilder CollectionsDashboard Commerce
      CommsServiceConsole Communities Company ConnectedApp Content Contract ConversationalIntelligence
      ConversationServiceIntegration Criteria Currency CustomAddressField CustomerDataPlatform
      CustomizablePropensityScoring CustomPreferencePage DataDotCom DataImportManagement DataMask
      DCOpportunityScoring Deployment DevHub Dictionaries DigitalWallet Disco Discovery DocumentChecklist
      DripFeedConfig DxGlobalTerms DynamicForms DynamicFulfillmentOrchestrator DynamicGantt EAC EasyFreemium
      EasySuitesInvoicing EinsteinAgent EinsteinAI EinsteinAssistant EinsteinCopilot EinsteinDealInsights
      EinsteinDocumentCapture EinsteinGpt EinsteinGPTSalesEmails EmailAdministration EmailAuthorization
      EmailIntegration EmailTemplate EmbeddedServiceMenu Emergency EmployeeFieldAccess EmployeeUser EncryptionKey
      EnhancedNotes EnterpriseApi Entitlement Essentials Event EventLogObject Evf EvidenceMgmt ExperienceBundle
      ExternalClientApp FieldService FilesConnect FileUploadAndDownloadSecurity Flow Forecasting
      ForecastingObjectList Formula GeneralConfig GenerativeCampaigns Geocode GoogleApps GRCIntelligenceUdd Help
      HerokuAppLink HighVelocitySales Ideas IdentityProvider IframeWhiteListUrl IncidentMgmt IncludeEstTaxInQuote
      IncludeEstTaxInQuoteCPQ Industries IndustriesAutomotive IndustriesChannelPartnerInventory
      IndustriesCommunicationsSales IndustriesConnectedService IndustriesConstraints IndustriesContext
      IndustriesEinsteinFeature IndustriesEnergyUtilitiesMultiSite IndustriesEventOrch IndustriesFieldService
      IndustriesGamification IndustriesInsurance IndustriesLoyalty IndustriesLsCommercial IndustriesMaczPricing
      IndustriesManufacturing IndustriesMfgAdvnOrder IndustriesMfgSampleManagement IndustriesPricing
      IndustriesRating IndustriesRepossession IndustriesUnifiedInventory IndustriesUnifiedPromotions
      IndustriesUsage InsuranceBrokerage InsuranceUnderwriter InterestTagging Inventory InventoryAllocation
      InventoryReplenishment InvLatePymntRiskCalc InvMgmtForUnusableQty InvocableAction IoT Knowledge
      KnowledgeGeneration LaborCostOptimCrewMgmt LaborCostOptimization Language LargeQuotesandOrdersForRlm
      LeadConfig LeadConvert LeadScore Licensing LightningExperience LiveAgent LiveMessage Logic Macro MailMerge
      MapReport MapsAndLocation MCETransformations MediaAdSales MediaAgent Meetings MfgServiceConsole Missionforce
      MktPlanningOps Mobile MsTeamsApp MyDomain Name Notifications OauthOidc ObjectLinking ObjectMapping
      OmniChannel OmniChannelPricing OmniStudio OnlineSales Opportunity OpportunityScore Optimization Order
      OrderManagement Org OrgPreference Pardot PardotEinstein PartyDataModel PathAssistant Payments
      PaymentsManagementEnabled PaymentsSharing PaynowStarterUpgradeEnabled Picklist PlatformEncryption
      PlatformEvent PlatformSlack PlatformWebIde Portals PredictionBuilder Privacy PrivacyAgent PrmCore Product
      ProductCatalogManagement ProductConfigurator ProductDiscovery PurchaseOrderMgmt QualityManagement QuickText
      Quote RealTimeEvent RebateAndAccrualMgmtAdvncd RecommendationBuilder RecordPage ReferralManagement
      ReferralMarketing ReleaseMgmt RetailExecution RevenueManagement RiskMgmt SalesBots SalesCloudSurfaces
      SalesDealAgent SalesEmailAssistant SalesWorkQueue Sandbox SceGlobalModelOptOut SchedulingRecipe Schema
      Search Security SecurityAgent SecurityHub SequenceService ServiceAIRecommendations ServiceCatalog
      ServiceCloudNotificationOrchestrator ServiceCloudVoice ServiceHam ServiceHelios ServiceIssueManagement
      ServiceItam ServiceItom ServiceItsmChangeManagement ServiceItsmIntelligenceUdd ServiceLegalStatuses
      ServiceMgmtKnwlgArtclConfig ServiceProcess ServiceRepAssistant ServiceSetupAssistant SetupCopilot Sharing
      Site SocialCustomerService SoFieldMapping SourceTracking Spiff StatisticalDealInsights StockRotation
      SubscriptionManagement Survey Synchronize SystemNotification Territory2 ThunderbirdVoice
      TmfOutboundNotification TmshtLaborCostOptimAi Trailhead TransactableMarketplacePrivateOffer TrialOrg
      TriggerConfigurations UIBundle UiWidget UnifiedSalesIntelligence UserEngagement UserInterface UserManagement
      Voice WarrantyLifecycleMgmt Web3 WebToX WorkDotCom WorkforceEngagement WorkforceScheduling
    `),
  ].map((name) => [`${name}Settings`.toLowerCase(), `${name}Settings`])
);

/** The name of a type of org-wide settings, as Salesforce writes it. */
export const orgSettings = (type: string): string | undefined => names.get(type.toLowerCase());
