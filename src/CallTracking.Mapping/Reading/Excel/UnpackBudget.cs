namespace CallTracking.Mapping.Reading.Excel;

/// <summary>What a packed file may still grow to: a small one can unpack to more than any disk holds.</summary>
internal sealed class UnpackBudget(long mostBytes, ExcelPlace place)
{
    private long _spent;

    public void Spend(int bytes)
    {
        _spent += bytes;
        if (_spent > mostBytes)
        {
            throw place.Fault(
                $"The workbook unpacks to more than {mostBytes} bytes.",
                "If it is really so large, raise max_unpacked_mb under format in the mapping; else ask who sent it.");
        }
    }
}
