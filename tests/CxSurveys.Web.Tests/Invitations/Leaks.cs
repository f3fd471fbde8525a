using System.Text;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>Looks for a text in every row of every table, in text and in binary columns.</summary>
internal static class Leaks
{
    public static Task<int> CountAsync(CxApp app, string text) => app.WithDbAsync(async db =>
    {
        string plain = $"%{text}%", binary = $"%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))}%";
        var tables = await db.Database.SqlQuery<string>($"select quote_ident(table_name) as \"Value\" from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").ToListAsync();
        Assert.Contains("invitation", tables);
        int found = 0;
        foreach (string table in tables)
        {
            string sql = $"select count(*)::int as \"Value\" from {table} t where t::text like {{0}} or t::text like {{1}}";
            found += await db.Database.SqlQueryRaw<int>(sql, plain, binary).SingleAsync();
        }
        return found;
    });
}
