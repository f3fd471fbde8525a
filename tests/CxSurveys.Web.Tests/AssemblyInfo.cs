[assembly: AssemblyFixture(typeof(TestPostgres))]
