using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>Whose SQL a dump is written in.</summary>
internal enum SqlDialect
{
    /// <summary>The start of the file says it.</summary>
    Unknown,

    /// <summary>mysqldump, mariadb-dump, phpMyAdmin.</summary>
    MySql,

    /// <summary>pg_dump in its plain form.</summary>
    Postgres,
}

/// <summary>The rows of one table in a dump of a database.</summary>
internal sealed record SqlDumpFormat : RecordFormat
{
    /// <summary>Null when the dump says its own.</summary>
    public SourceEncoding? Encoding { get; init; }

    /// <summary>The table's name, with its schema or database in front where it stands in several.</summary>
    public string Table { get; init; } = string.Empty;

    public SqlDialect Dialect { get; init; }

    /// <summary>The dump ends with the words of a program that has come to its end; without them it was cut off.</summary>
    public bool EndIsMarked { get; init; } = true;

    public override bool IsTree => false;

    public override string Manner => $"read from the dump's table {Table}";

    // A dump says its encoding itself; one written by hand is UTF-8.
    public override byte[]? BytesOf(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new SqlDumpReader(content, this, fileName, columns, check);
}
