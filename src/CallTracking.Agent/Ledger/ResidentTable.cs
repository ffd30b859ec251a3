using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>By what a case that stays in the region is counted.</summary>
/// <param name="Country">The customer's, else that of collection, else the centre's.</param>
/// <param name="Category">Of the product; empty when the case has none.</param>
/// <param name="Month">Of opening: <c>2026-11</c>; empty when the case has none.</param>
/// <param name="Least">The smallest count that may be told.</param>
internal sealed record ResidentCell(string Country, string Category, string Month, int Least);

/// <summary>The table <c>resident</c>. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class ResidentTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _put = new(
        connection, "insert or replace into resident (uid, country, category, month, least) values (?1, ?2, ?3, ?4, ?5)");

    private readonly SqlStatement _delete = new(connection, "delete from resident where uid = ?1");

    private readonly SqlStatement _count = new(
        connection, "select country, category, month, count(*), max(least) from resident group by country, category, month order by country, category, month");

    /// <summary>Notes by what the case is counted; with null that it stays no more.</summary>
    public void Put(byte[] uid, ResidentCell? cell)
    {
        if (cell is null)
        {
            _delete.Execute(uid);
        }
        else
        {
            _put.Execute(uid, cell.Country, cell.Category, cell.Month, (long)cell.Least);
        }
    }

    /// <summary>What may be told: cells that are too small are joined to one of their country, and left out where that is too small, too.</summary>
    public IReadOnlyList<ResidentCount> Count()
    {
        var told = new List<ResidentCount>();
        var rest = new SortedDictionary<string, (long Count, long Least)>(StringComparer.Ordinal);
        using (var rows = _count.Query())
        {
            while (rows.Read())
            {
                var (country, count, least) = (rows.Text(0), rows.Number(3), rows.Number(4));
                if (count >= least)
                {
                    told.Add(new ResidentCount { Country = country, ProductCategory = rows.Text(1), MonthOpened = rows.Text(2), Count = (ulong)count });
                }
                else
                {
                    var known = rest.GetValueOrDefault(country);
                    rest[country] = (known.Count + count, Math.Max(known.Least, least));
                }
            }
        }

        foreach (var (country, (count, _)) in rest.Where(entry => entry.Value.Count >= entry.Value.Least))
        {
            Join(told, country, (ulong)count);
        }

        return told;
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _count.Dispose();
    }

    // A country may have a cell without category and month of its own.
    private static void Join(List<ResidentCount> told, string country, ulong count)
    {
        var own = told.FirstOrDefault(cell => cell.Country == country && cell.ProductCategory.Length == 0 && cell.MonthOpened.Length == 0);
        if (own is null)
        {
            told.Add(new ResidentCount { Country = country, Count = count });
        }
        else
        {
            own.Count += count;
        }
    }
}
