namespace CallTracking.Rpc.Tests.Echo;

public static class Expect
{
    /// <summary>The status that a call must end with.</summary>
    public static async Task<RpcException> StatusAsync(RpcStatusCode code, Func<Task> call)
    {
        var status = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(status.StatusCode == code, $"expected {code}, got {status.Message} {status.InnerException}");
        return status;
    }
}
