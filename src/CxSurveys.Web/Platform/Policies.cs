namespace CxSurveys.Web.Platform;

/// <summary>Who may: the names that endpoints and pages ask for. What each demands is set by Accounts.</summary>
public static class Policies
{
    /// <summary>A key of role ingest or admin.</summary>
    public const string Ingest = nameof(Ingest);

    /// <summary>A key of role analyst or admin.</summary>
    public const string Read = nameof(Read);

    /// <summary>A key of role admin.</summary>
    public const string Admin = nameof(Admin);

    /// <summary>Anyone signed in, whatever the role.</summary>
    public const string Pages = nameof(Pages);

    /// <summary>A signed-in admin.</summary>
    public const string AdminPages = nameof(AdminPages);

    /// <summary>Anyone signed in, or any valid key.</summary>
    public const string Reference = nameof(Reference);
}
