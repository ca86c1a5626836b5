"""What can be asked: curated queries, their parameters, their answers and the forms in which answers leave."""
