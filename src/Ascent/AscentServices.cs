using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Conversions;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Log;
using Ascent.Accounts.Many;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Passwords;
using Ascent.Accounts.Reviews;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Demo;
using Ascent.Demo.Pupils;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.Reference.National;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Ascent.SchoolData;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Subjects;
using Ascent.SetUp;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Ascent;

/// <summary>Everything that the web and the command line share.</summary>
public static class AscentServices
{
    public static IServiceCollection AddAscent(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        AddDatabase(services, settings);
        AddKeys(services, settings);

        // Organisations
        services.AddTransient<LoadSchools>();
        services.AddTransient<AddSchool>();
        services.AddTransient<AddLocalAuthority>();
        services.AddTransient<CountOrganisations>();
        services.AddTransient<ListLocalAuthorities>();
        services.AddTransient<SetPrimary>();
        services.AddTransient<ListSchools>();
        services.AddTransient<ReadSchool>();
        services.AddTransient<NameOrganisations>();

        // Accounts
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<GuardedCodes>();
        services.AddTransient<Invitations>();
        services.AddTransient<HolderMails>();
        services.AddTransient<SetFactorRule>();
        services.AddTransient<ReadFactorRule>();
        services.AddTransient<ResetFactor>();
        services.AddTransient<ListFactorResets>();
        services.AddTransient<ShowFactorResetCode>();
        services.AddTransient<ListResetCodes>();
        services.AddTransient<ShowResetCode>();
        services.AddTransient<TellResetCode>();
        services.AddTransient<GiveResetCode>();
        services.AddTransient<AskForResetCode>();
        services.AddTransient<NewMembers>();
        services.AddTransient<CreateUser>();
        services.AddTransient<ProposeReach>();
        services.AddTransient<FindSchoolsToAsk>();
        services.AddTransient<ListAskedSchools>();
        services.AddTransient<WithdrawProposal>();
        services.AddTransient<AcceptReach>();
        services.AddTransient<DeclineReach>();
        services.AddTransient<EndReach>();
        services.AddTransient<AgreeReach>();
        services.AddTransient<ListReach>();
        services.AddTransient<LockSchool>();
        services.AddTransient<UnlockSchool>();
        services.AddTransient<PreviewConversion>();
        services.AddTransient<ConvertSchool>();
        services.AddTransient<UndoConversion>();
        services.AddTransient<CommitConversion>();
        services.AddTransient<ListConversions>();
        services.AddTransient<ListBodySchools>();
        services.AddTransient<ReadSchoolChoice>();
        services.AddTransient<ListOpenSchools>();
        services.AddTransient<EnterFromAbove>();
        services.AddTransient<CreateBodyUser>();
        services.AddTransient<AddBodyAdministrator>();
        services.AddTransient<FirstAdministrators>();
        services.AddTransient<ListOrganisations>();
        services.AddTransient<ReadOrganisation>();
        services.AddTransient<SetLimits>();
        services.AddTransient<SetServices>();
        services.AddTransient<ReadBodyAccess>();
        services.AddTransient<ListOwnOrganisations>();
        services.AddTransient<ListPeopleAbove>();
        services.AddTransient<StaffListJourney>();
        services.AddTransient<ChangeStaff>();
        services.AddTransient<CreateUsers>();
        services.AddTransient<ContinueConfirmedLists>();
        services.AddTransient<CreatedUsers>();
        services.AddTransient<ShowActivationCodes>();
        services.AddTransient<ListTemplates>();
        services.AddTransient<FindTemplate>();
        services.AddTransient<AddPupil>();
        services.AddTransient<ChangePupil>();
        services.AddTransient<CountPupils>();
        services.AddTransient<FindPupil>();
        services.AddTransient<FindPupilRecords>();
        services.AddTransient<LeavePupil>();
        services.AddTransient<ListPupils>();
        services.AddTransient<ReadmitPupil>();
        services.AddTransient<PreviewDeletion>();
        services.AddTransient<DeletePupils>();
        services.AddTransient<ListDeletedPupils>();
        services.AddTransient<RestorePupils>();
        services.AddTransient<ExportPupils>();
        services.AddTransient<ExportPupil>();
        services.AddTransient<SummariseData>();
        services.AddTransient<ReceiveImport>();
        services.AddTransient<MapColumns>();
        services.AddTransient<CheckImport>();
        services.AddTransient<CheckDueImports>();
        services.AddTransient<ReadImports>();
        services.AddTransient<ListImportRows>();
        services.AddTransient<ListUnfinishedImports>();
        services.AddTransient<ReviewImport>();
        services.AddTransient<WithdrawImport>();
        services.AddTransient<ConfirmImport>();
        services.AddTransient<UndoImport>();
        services.AddTransient<AddClass>();
        services.AddTransient<ChangeClass>();
        services.AddTransient<ChooseTeachers>();
        services.AddTransient<DeleteClass>();
        services.AddTransient<FindClass>();
        services.AddTransient<ListClassCandidates>();
        services.AddTransient<ListClasses>();
        services.AddTransient<ListClassesOfPupil>();
        services.AddTransient<PutInClass>();
        services.AddTransient<TakeOutOfClass>();
        services.AddTransient<ListSubjects>();
        services.AddTransient<OfferSubjects>();
        services.AddTransient<ReadSubjectGrid>();
        services.AddTransient<SaveSubjects>();
        services.AddTransient<AddTemplate>();
        services.AddTransient<PreviewTemplate>();
        services.AddTransient<GiveTemplate>();
        services.AddTransient<ChangeTemplate>();
        services.AddTransient<DeleteTemplate>();
        services.AddTransient<ReadSuggestion>();
        services.AddTransient<ListPendingUsers>();
        services.AddTransient<FindPendingUser>();
        services.AddTransient<ShowActivationCode>();
        services.AddTransient<ResendInvitation>();
        services.AddTransient<NewCode>();
        services.AddTransient<ChangeAccess>();
        services.AddTransient<DeletePendingUser>();
        services.AddTransient<ReadSelectedPendingUsers>();
        services.AddTransient<ResendInvitations>();
        services.AddTransient<DeletePendingUsers>();
        services.AddTransient<ListUsers>();
        services.AddTransient<ListSchoolUsers>();
        services.AddTransient<EnterSchool>();
        services.AddTransient<FindUser>();
        services.AddTransient<DeactivateUser>();
        services.AddTransient<ReactivateUser>();
        services.AddTransient<ResetSignUp>();
        services.AddTransient<EndUserSessions>();
        services.AddTransient<DeleteUser>();
        services.AddTransient<ReadSelectedUsers>();
        services.AddTransient<DeactivateUsers>();
        services.AddTransient<SetEndDates>();
        services.AddTransient<ExportUsers>();
        services.AddTransient<ExplainAccess>();
        services.AddTransient<RunNightly>();
        services.AddTransient<RecordEnds>();
        services.AddTransient<CloseDormant>();
        services.AddTransient<WarnSingleHolders>();
        services.AddTransient<OpenDueReviews>();
        services.AddTransient<FollowReviews>();
        services.AddTransient<ReadAccessReview>();
        services.AddTransient<ConfirmMemberships>();
        services.AddTransient<SetReviewRhythm>();
        services.AddSingleton(new LogBook([.. LogSentences.All, .. PupilSentences.All, .. ImportSentences.All, .. ClassSentences.All, .. SubjectSentences.All, .. ReportSentences.All]));
        services.AddTransient<BuildCohorts>();
        services.AddTransient<ReadReport>();
        services.AddTransient<ReadSums>();
        services.AddTransient<ExportReport>();
        services.AddTransient<NamePupils>();
        services.AddTransient<FindReportClasses>();
        services.AddTransient<FindWhatIfs>();
        services.AddTransient<SaveWhatIf>();
        services.AddTransient<DeleteWhatIf>();
        services.AddSingleton<CohortMemory>();
        services.AddTransient<ListLog>();
        services.AddTransient<ReadLogState>();
        services.AddSingleton<CheckLog>();
        services.AddTransient<ExportLog>();
        services.AddTransient<ReadChain>();
        services.AddTransient<OpenInvitation>();
        services.AddTransient<AskForNewLink>();
        services.AddTransient<ActivateMembership>();
        services.AddTransient<ReadAccess>();
        services.AddTransient<ReadSeats>();
        services.AddTransient<ReadSchoolOverview>();
        services.AddTransient<ListAdministrators>();
        services.AddTransient<OpenSeats>();
        services.AddTransient<AddSchoolAdministrator>();

        services.AddTransient<AddOperator>();
        services.AddTransient<ListOperators>();
        services.AddTransient<ReadOperator>();
        services.AddTransient<ReadServerOverview>();
        services.AddTransient<ListOperatorNotices>();
        services.AddTransient<PutNoticeAway>();
        services.AddTransient<OpenOperatorInvitation>();
        services.AddTransient<ActivateOperator>();

        // Sign-in
        services.AddTransient<RemoveOperator>();
        services.AddTransient<EraseAccount>();
        services.AddTransient<ExportOwnData>();
        services.AddTransient<AskForErasure>();
        services.AddTransient<ListErasureWishes>();
        services.AddTransient<ErasureList>();
        services.AddSingleton(provider => new SignInQueue(provider.GetRequiredService<TimeProvider>()));
        services.AddTransient<SignInWithPassword>();
        services.AddTransient<Sessions>();
        services.AddTransient<Throttle>();
        services.AddTransient<AgreeToTerms>();
        services.AddTransient<AskForPasswordReset>();
        services.AddTransient<OpenPasswordReset>();
        services.AddTransient<SetNewPassword>();
        services.AddTransient<ConfirmPassword>();
        services.AddTransient<ReadOwnProfile>();
        services.AddTransient<ChangeOwnName>();
        services.AddTransient<ChangeOwnPassword>();
        services.AddTransient<AskForEmailChange>();
        services.AddTransient<ConfirmEmailChange>();
        services.AddTransient<EndOwnSessions>();
        services.AddTransient<KnownDevices>();
        services.AddTransient<NewApps>();
        services.AddTransient<FactorCheck>();
        services.AddTransient<CompleteSignIn>();
        services.AddTransient<ReadOwnFactors>();
        services.AddTransient<AddApp>();
        services.AddSingleton<PasskeyServer>();
        services.AddTransient<PasskeyChallenges>();
        services.AddTransient<Passkeys>();
        services.AddTransient<AddPasskey>();
        services.AddTransient<SignInWithPasskey>();
        services.AddTransient<RenameFactor>();
        services.AddTransient<RemoveFactor>();
        services.AddTransient<MakeRecoveryCodes>();
        services.AddTransient<OpenFactorReset>();
        services.AddTransient<EnrolByReset>();

        // Reference
        services.AddTransient<LoadReference>();
        services.AddTransient<ListReference>();
        services.AddSingleton<ReadNationalFigures>();

        // Privacy
        services.AddTransient<MendRestore>();
        services.AddTransient<ErasePupil>();
        services.AddTransient<NightlyTask, EraseLeavers>();
        services.AddTransient<NightlyTask, RemoveDeletedPupils>();
        services.AddTransient<NightlyTask, RemoveOldImports>();
        services.AddTransient<NightlyTask, RetireDetailsAtNight>();
        services.AddTransient<NightlyTask, RemoveOldRows>();

        // Mail
        services.AddTransient<SendDueMail>();
        services.AddTransient<CountMail>();
        services.AddTransient<SendTestMail>();
        services.AddTransient<ListHeldMail>();
        services.AddTransient<TryMailAgain>();
        services.AddTransient<GiveUpMail>();
        services.AddSingleton<MailTemplate, InvitationMail>();
        services.AddSingleton<MailTemplate, OperatorInvitationMail>();
        services.AddSingleton<MailTemplate, ResetCodeShownMail>();
        services.AddSingleton<MailTemplate, HolderMadeMail>();
        services.AddSingleton<MailTemplate, HolderTouchedMail>();
        services.AddSingleton<MailTemplate, SchoolLockMail>();
        services.AddSingleton<MailTemplate, SchoolLimitsMail>();
        services.AddSingleton<MailTemplate, SchoolServicesMail>();
        services.AddSingleton<MailTemplate, SchoolConvertedMail>();
        services.AddSingleton<MailTemplate, ReachMail>();
        services.AddSingleton<MailTemplate, OwnAccessChangedMail>();
        services.AddSingleton<MailTemplate, AccessChangedMail>();
        services.AddSingleton<MailTemplate, AccessClosedMail>();
        services.AddSingleton<MailTemplate, PupilsExportedMail>();
        services.AddSingleton<MailTemplate, DormantMail>();
        services.AddSingleton<MailTemplate, SingleHolderMail>();
        services.AddSingleton<MailTemplate, ReviewFlaggedMail>();
        services.AddSingleton<MailTemplate, PasswordResetMail>();
        services.AddSingleton<MailTemplate, PasswordChangedMail>();
        services.AddSingleton<MailTemplate, NewDeviceMail>();
        services.AddSingleton<MailTemplate, EmailProofMail>();
        services.AddSingleton<MailTemplate, EmailToldMail>();
        services.AddSingleton<MailTemplate, ErasureAskedMail>();
        services.AddSingleton<MailTemplate, FactorRuleMail>();
        services.AddSingleton<MailTemplate, FactorResetMail>();
        services.AddSingleton<MailTemplate, FactorResetToldMail>();
        services.AddSingleton<MailTemplate, FactorResetDoneMail>();
        services.AddSingleton<MailTemplate, FactorMail>();
        services.AddSingleton<MailTemplate, RecoveryUsedMail>();
        services.AddSingleton<IMailTransport>(string.IsNullOrWhiteSpace(settings.Smtp)
            ? new FolderTransport(Path.Combine(settings.DataFolder, "mail"))
            : new SmtpTransport(settings.Smtp));

        // Audit
        services.AddSingleton<AuditSealing>();
        services.AddTransient<SealAudit>();
        services.AddTransient<VerifyAudit>();
        services.AddSingleton<HeadsFile>();
        services.AddTransient<WriteHeads>();
        services.AddTransient<NoteRestore>();
        services.AddTransient<RetireDetails>();

        // Set-up
        services.AddTransient<FirstRun>();
        services.AddTransient<CheckFirstRun>();

        services.AddTransient<SeedDemonstration>();
        services.AddTransient<SeedPupils>();
        services.AddTransient<SeedImports>();
        return services;
    }

    private static void AddDatabase(IServiceCollection services, ServerSettings settings)
    {
        switch (DatabaseAddress.Parse(settings.Database, settings.DataFolder))
        {
            case DatabaseAddress.Sqlite sqlite:
                services.AddDbContextFactory<SqliteAppDb>(options => SqliteAppDb.Configure(options, sqlite.Path));
                Func<IServiceProvider, Func<AppDb>> openFile = provider => provider.GetRequiredService<IDbContextFactory<SqliteAppDb>>().CreateDbContext;
                services.AddSingleton(provider => new Database(openFile(provider)));
                services.AddKeyedSingleton(nameof(KeyRing), (provider, _) => new Database(openFile(provider)));
                break;
            case DatabaseAddress.Postgres postgres:
                services.AddDbContextFactory<PostgresAppDb>(options => PostgresAppDb.Configure(options, postgres.ConnectionString));
                services.AddSingleton(provider => new Database(provider.GetRequiredService<IDbContextFactory<PostgresAppDb>>().CreateDbContext));
                services.AddKeyedSingleton(nameof(KeyRing), (_, _) => new Database(PostgresAppDb.Opener(postgres.ApartFor("ascent-keys"))));
                break;
        }
        services.AddTransient<MigrateDatabase>();
        services.AddTransient<JourneyStore>();
        services.AddTransient<CheckMasterKey>();
        services.AddTransient<CheckDatabase>();
        services.AddTransient<ReplaceMasterKey>();
        services.AddTransient<MeasureDatabase>();
    }

    private static void AddKeys(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(_ => MasterKey.Load(settings.MasterKey, settings.DataFolder));
        services.AddSingleton<Secrets>();
        // One name for web and command line, so that each reads what the other protected.
        services.AddDataProtection().SetApplicationName("Ascent");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new KeyRing(provider.GetRequiredKeyedService<Database>(nameof(KeyRing)));
            options.XmlEncryptor = new MasterKeyEncryptor(provider);
        }));
    }
}
