namespace Ascent.Accounts.Many;

/// <summary>What the journey keeps. Raise <see cref="StateVersion"/> when a field changes its meaning.</summary>
public sealed record CreateUsersAnswers
{
    public const string JourneyName = "create-users";
    public const int StateVersion = 1;
    public const string RowsStep = "rows";
    public const string ConfirmStep = "confirm";

    /// <summary>The file's name, or that it was pasted.</summary>
    public required string Source { get; init; }

    public required List<StaffRow> Rows { get; init; }

    public List<string> NotRead { get; init; } = [];

    /// <summary>The columns that the list has; empty in lists given before this was kept.</summary>
    public List<string> Columns { get; init; } = [];

    /// <summary>How the file's bytes were taken; null where nothing had to be decided.</summary>
    public string? Encoding { get; init; }

    /// <summary>The list is everybody: people who are here are changed to it, and those not on it are proposed as leavers.</summary>
    public bool IsWholeStaff { get; init; }

    /// <summary>Numbers of the rows that are to be done.</summary>
    public HashSet<int> Chosen { get; init; } = [];

    /// <summary>The templates of the rows as the page showed them: Confirm is refused when they mean something else by then.</summary>
    public string TemplatesSeen { get; init; } = "";

    /// <summary>Filled at Confirm: the templates as they were then, so that the last batch means the same as the first.</summary>
    public List<NamedSet> Templates { get; init; } = [];

    /// <summary>Memberships that are to be closed, since their people do not stand on the list. Ticked by a person, never by us.</summary>
    public HashSet<Guid> Leavers { get; init; } = [];

    /// <summary>The version of each membership that was shown: what somebody else changed since is not changed unseen.</summary>
    public Dictionary<Guid, int> Seen { get; init; } = [];

    /// <summary>Filled at Confirm: from then on the deed goes on by itself until all are made.</summary>
    public List<PlannedUser>? Plan { get; init; }

    /// <summary>What was done at Confirm, beside those of the plan.</summary>
    public StaffListDone AtOnce { get; init; } = new();

    /// <summary>How many rows were not chosen, although there was something to do.</summary>
    public int LeftOut { get; init; }

    /// <summary>The day of Confirm, in England: end dates are held against it, also when the last batch is made after midnight.</summary>
    public DateOnly ConfirmedOn { get; init; }

    /// <summary>How many of the plan have been dealt with.</summary>
    public int Done { get; init; }

    /// <summary>Those of them who could not be made any more.</summary>
    public List<Guid> NotMade { get; init; } = [];
}

/// <param name="Row">Its number.</param>
/// <param name="MembershipId">Given before it is made, so that doing it again makes nothing twice.</param>
public sealed record PlannedUser(int Row, Guid MembershipId, Guid AccountId);

/// <summary>What stays of the journey when it is finished.</summary>
/// <param name="NotMade">Numbers of rows that were chosen, and could not be made any more.</param>
/// <param name="LeftOut">How many rows of the list were not chosen.</param>
public sealed record CreateUsersOutcome(IReadOnlyList<Guid> MembershipIds, IReadOnlyList<int> NotMade, int LeftOut)
{
    public StaffListDone AtOnce { get; init; } = new();
}

/// <summary>What a list of the whole staff did to people who were here.</summary>
public sealed record StaffListDone
{
    public int Changed { get; init; }

    public int Deactivated { get; init; }

    /// <summary>Invitations taken back.</summary>
    public int Deleted { get; init; }

    public bool IsNothing => Changed + Deactivated + Deleted == 0;
}

/// <param name="Outcome">Null while it goes on.</param>
public sealed record CreateUsersProgress(int Done, int Of, CreateUsersOutcome? Outcome);
