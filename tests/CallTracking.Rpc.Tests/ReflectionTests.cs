using CallTracking.Rpc.Tests.Wire;
using CallTracking.Rpc.Wire;
using Google.Protobuf.Reflection;

namespace CallTracking.Rpc.Tests;

/// <summary>What a tool can ask a server about itself.</summary>
public sealed class ReflectionTests
{
    private static readonly ReflectionAnswers Answers = new([MarkedReflection.Descriptor.Services[0]]);

    [Theory]
    [InlineData("calltracking.rpc.tests.Marking", "marked.proto")]
    [InlineData("calltracking.rpc.tests.Marking.Mark", "marked.proto")]
    [InlineData("calltracking.rpc.tests.Marked", "marked.proto")]
    [InlineData("calltracking.rpc.tests.Marked.text", "marked.proto")]
    [InlineData("calltracking.rpc.tests.Marked.Shade", "marked.proto")]
    [InlineData("calltracking.rpc.tests.mark", "marked.proto")]
    [InlineData("google.protobuf.FieldOptions", "google/protobuf/descriptor.proto")]
    public void Symbol_ThatIsOffered_IsFoundInItsFile(string symbol, string file) =>
        Assert.Equal(file, Files(new ServerReflectionRequest { FileContainingSymbol = symbol })[0]);

    [Fact]
    public void File_WithImports_ComesWithThem() =>
        Assert.Equal(["marked.proto", "google/protobuf/descriptor.proto"], Files(new ServerReflectionRequest { FileByFilename = "marked.proto" }));

    [Theory]
    [InlineData(50001)]
    [InlineData(50002)]
    public void Extension_ThatIsOffered_IsFoundInItsFile(int number) =>
        Assert.Equal("marked.proto", Files(new ServerReflectionRequest
        {
            FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.FieldOptions", ExtensionNumber = number },
        })[0]);

    [Fact]
    public void ExtensionNumbers_OfAnExtendedType_AreAllListed()
    {
        var answer = Answers.To(new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.FieldOptions" });

        Assert.Equal([50001, 50002], answer.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public void Anything_ThatIsNotOffered_IsAnErrorInTheAnswer()
    {
        ServerReflectionRequest[] unknown =
        [
            new() { FileContainingSymbol = "none" },
            new() { FileByFilename = "none" },
            new() { AllExtensionNumbersOfType = "none" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "none" } },
        ];

        Assert.All(unknown, request => Assert.Equal((int)RpcStatusCode.NotFound, Answers.To(request).ErrorResponse.ErrorCode));
        Assert.Equal((int)RpcStatusCode.InvalidArgument, Answers.To(new ServerReflectionRequest()).ErrorResponse.ErrorCode);
    }

    private static List<string> Files(ServerReflectionRequest request) =>
        [.. Answers.To(request).FileDescriptorResponse.FileDescriptorProto.Select(file => FileDescriptorProto.Parser.ParseFrom(file).Name)];
}
