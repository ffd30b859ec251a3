namespace CallTracking.Faults.Sabotages;

/// <summary>A program writes a customer's address into its log.</summary>
internal sealed class LeakedLog : Sabotage
{
    public override string Name => "leak-log";

    public override Task PlantAsync(Scene scene)
    {
        scene.Keep($"warn: the case of {scene.Victim.Canary}@mail.example could not be told");
        return Task.CompletedTask;
    }
}
