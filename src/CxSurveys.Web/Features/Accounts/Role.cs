namespace CxSurveys.Web.Features.Accounts;

/// <summary>What a signed-in person may do. Stored and claimed in lower case.</summary>
public enum Role
{
    /// <summary>Sets everything up.</summary>
    Admin,

    /// <summary>Reads scores and looks after answers.</summary>
    Manager,

    /// <summary>Reads.</summary>
    Analyst,
}

/// <summary>What another system may do with its key. Stored and claimed in lower case.</summary>
public enum KeyRole
{
    /// <summary>Sends answers.</summary>
    Ingest,

    /// <summary>Reads.</summary>
    Analyst,

    /// <summary>Everything.</summary>
    Admin,
}
