-- Who gave a conversation its title: 'words' are its first ones, 'asked' are those still while a model is asked for a better one, or
-- was in vain; 'model'; 'person'. Of what is there already nobody knows, so it is a person's.
ALTER TABLE conversation ADD COLUMN titled TEXT NOT NULL DEFAULT 'person';
